globalThis.cdispecSearch = {{ search() | json }};
