// Runs scripts as a page would: in a global of their own, without Node's, and with no code made from text.
//
// Each line of input is a JSON pair, and each is answered by a line of JSON: ["load", script] starts a new page with the
// script, ["determine", case] determines a case there, ["evaluate", expression] tells what an expression comes to.

const readline = require("node:readline");
const vm = require("node:vm");

let page;

function answer([what, content]) {
  switch (what) {
    case "load":
      page = vm.createContext(vm.constants.DONT_CONTEXTIFY, { codeGeneration: { strings: false, wasm: false } });
      vm.runInContext(content, page);
      return null;
    case "determine":
      try {
        return page.cdispec.determine(content);
      } catch (error) {
        return { error: String(error) };
      }
    default:
      return vm.runInContext(content, page);
  }
}

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`);
});
