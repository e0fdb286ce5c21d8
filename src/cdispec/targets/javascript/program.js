// The program of a policy, as the data holds it: core/program.py. Nodes name those below them by number, in `of`.

const factsById = new Map(policy.facts.map((fact) => [fact.id, fact]));
const decisions = new Map(policy.decisions.map((decision) => [decision.request, decision]));

// The nodes directly below; none below an atom.
function children(node) {
  return node.of ?? [];
}

// How many more of the nodes below a gate have to be true.
function missing(gate, truths) {
  return gate.count - gate.of.filter((child) => truths[child] === TRUE).length;
}

// The facts that an atom asks, its own first.
function factsOf(atom) {
  return atom.kind === "lies" ? [...new Set([atom.term, ...edgesOf(atom)].flatMap(factsIn))] : [atom.fact];
}

// The terms at the edges of the spans in which a term lies.
function edgesOf({ spans }) {
  return spans.flatMap(({ low, high }) => [low, high]).flatMap((edge) => (edge === null ? [] : [edge.term]));
}

// The facts that a term asks.
function factsIn(term) {
  switch (term.kind) {
    case "answer":
      return [term.fact];
    case "constant":
    case "request date":
      return [];
    case "moved":
      return factsIn(term.of);
    default:
      throw new Error(`no kind of term: ${term.kind}`);
  }
}
