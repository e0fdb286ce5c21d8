// Kleene's strong three-valued logic: logic.py.

const FALSE = 0;
const UNKNOWN = 1;
const TRUE = 2;
const WORDS = ["false", "unknown", "true"];

function truthOf(value) {
  return value ? TRUE : FALSE;
}

function negation(truth) {
  return TRUE - truth;
}

function atLeast(count, truths) {
  if (truths.filter((truth) => truth === TRUE).length >= count) return TRUE;
  return truths.filter((truth) => truth !== FALSE).length < count ? FALSE : UNKNOWN;
}
