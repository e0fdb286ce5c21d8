globalThis.cdispecCodes = {{ code_sets() | json }};
