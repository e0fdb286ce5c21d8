// The evaluation of a program in a case: core/evaluate.py.

// The truth of every node, in their order.
function evaluate(known) {
  const truths = [];
  for (const node of policy.nodes) truths.push(nodeTruth(node, known, truths));
  return truths;
}

function nodeTruth(node, known, truths) {
  switch (node.kind) {
    case "yes":
    case "includes":
    case "lies":
      return known.atom(node);
    case "gate":
      return atLeast(node.count, node.of.map((child) => truths[child]));
    case "inverse":
      return negation(truths[node.of[0]]);
    case "shown": {
      const truth = truths[node.of[0]];
      return truth === UNKNOWN ? shown(node, known, truths) : truth;
    }
    default:
      throw new Error(`no kind of node: ${node.kind}`);
  }
}

// What a node says where three-valued logic leaves what it asks unknown.
function shown(node, known, truths) {
  if (!node.exact || known.isOfRange(node)) return agreed(node, known, truths);
  return known.given.complete ? FALSE : UNKNOWN;
}
