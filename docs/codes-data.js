globalThis.cdispecCodes = [];
