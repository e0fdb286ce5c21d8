"""Issues of features and scenarios: everything that could make a test pass without testing."""

from __future__ import annotations

from collections.abc import Iterable

from cdispec.issues.catalogue import alternatives, did_you_mean, issue, near_miss
from cdispec.source import Severity


@issue()
def gherkin_syntax(problem: str) -> tuple[str, str]:
    """The feature is not well-formed Gherkin, so that none of its scenarios would run."""
    return (
        f"this is not well-formed Gherkin: {problem}",
        "give each row of the table as many cells as its header"
        if "cell count" in problem
        else "begin lines with Feature:, Scenario:, Given, When, Then, And or |",
    )


@issue()
def misspelt_keyword(line: str, known: Iterable[str]) -> tuple[str, str]:
    """A line looks like a keyword but is none. Gherkin takes it for a description and leaves out what follows it.

    Or a sentence stands where none can: below `Feature:` or `Rule:`, without a `Scenario:` of its own.
    """
    choice = list(known)
    if line in choice:
        return f"`{line}` stands in a description here, so that it is left out", "put a line `Scenario:` above it"
    return f"`{line}` is not a keyword, so Gherkin takes this line for a description", did_you_mean(line, choice)


@issue()
def empty_feature() -> tuple[str, str]:
    """A feature file has no scenario, so that it tests nothing."""
    return "the feature has no scenario", "add a scenario, or remove the file"


@issue()
def unread_feature(name: str, elsewhere: bool = False) -> tuple[str, str]:
    """A feature stands elsewhere than in `features/`, or its name does not end in `.feature`: none of it runs."""
    if elsewhere:
        return f"`{name}` is not read here", "move it to features/<number>-<title>/, the folder named as its policy's"
    return f"`{name}` is not read: it does not end in `.feature`", "rename the file to end in `.feature`, or remove it"


@issue()
def feature_without_policy(folder: str, known: Iterable[str]) -> tuple[str, str]:
    """A feature stands in a folder that no policy owns, so that its sentences mean nothing and nothing runs it."""
    hint = did_you_mean(folder, known, "put the file into a folder named as the policy's: features/<number>-<title>/")
    return f"no policy owns the folder `{folder}`", hint


@issue()
def unnamed_line(sentence: str, known: Iterable[str]) -> tuple[str, str]:
    """Where a request has lines, each Then sentence says of which one it speaks, for each is determined by itself.

    Where it has none, no sentence speaks of one.
    """
    if not (known := [*known]):
        hint = "leave out `for line ...`, or begin with `When these lines are requested on ...` and a table of lines"
        return f"`{sentence}` speaks of a line, and the request has no lines", hint
    hint = f"begin it with {' or '.join(f'`for line {name},`' for name in known)}"
    return f"`{sentence}` names no line of the request", hint


@issue()
def unknown_sentence(sentence: str, near: Iterable[str]) -> tuple[str, str]:
    """A sentence is none of the policy's phrases and none of the fixed sentences of scenarios."""
    hint = alternatives(near) or "see `cdispec steps` for the sentences of this policy"
    return f"no fact or rule says `{sentence}`", hint


@issue()
def ambiguous_sentence(sentence: str, meanings: Iterable[str]) -> tuple[str, str]:
    """A sentence fits two phrases, so that the scenario does not say what it states."""
    return f"`{sentence}` can mean " + " or ".join(meanings), "reword one of the phrases in facts.yaml"


@issue()
def outcome_without_clause(sentence: str) -> tuple[str, str]:
    """A scenario states an outcome without the clause it rests on, so that it would pass for the wrong reason."""
    hint = "add the clause, such as `it is medically necessary under II.a.i`"
    return f"`{sentence}` does not say under which clause", hint


@issue()
def outcome_without_needed() -> tuple[str, str]:
    """A row of a table of cases says that more information is needed, but not which."""
    return "the row does not say which information is needed", "name it in the column `needed`, joined by `; `"


@issue()
def unknown_clause(label: str, known: Iterable[str]) -> tuple[str, str]:
    """A scenario names a label that no clause of the policy has."""
    return f"no clause has the label `{label}`", did_you_mean(label, known, "look the label up in the printed policy")


@issue()
def unknown_column(name: str, known: Iterable[str]) -> tuple[str, str]:
    """A column of a table of cases is no fact and none of request, date, record, code, outcome, clause and needed."""
    return f"`{name}` is no fact of the policy", did_you_mean(name, known, "write a fact's id, with spaces for hyphens")


@issue()
def unknown_value(text: str, fact: str, expected: str, known: Iterable[str]) -> tuple[str, str]:
    """A sentence or table gives a fact an answer that it cannot have."""
    return f"`{text}` is no answer to `{fact}`", did_you_mean(text, known, f"write {expected}")


@issue()
def scenario_without_outcome(name: str) -> tuple[str, str]:
    """A scenario states no outcome, so that it would pass whatever the policy says."""
    return f"`{name}` states no outcome", "end it with a sentence such as `Then it is medically necessary under II.a.i`"


@issue()
def scenario_without_request(name: str) -> tuple[str, str]:
    """A scenario makes no request, so that there is nothing to determine."""
    return f"`{name}` makes no request", "add a `When` sentence with the request and its date"


@issue()
def second_request(first_line: int) -> tuple[str, str]:
    """A scenario makes two requests; its outcome would speak of one of them in silence."""
    return f"the scenario makes a request already on line {first_line}", "write one scenario for each request"


@issue()
def misplaced_sentence(problem: str) -> tuple[str, str]:
    """Sentences do not stand in the order Given, When, Then, so that a later one would not count."""
    return problem, "put what is given first, then the request, then what follows"


@issue()
def contradicted_fact(fact: str, first_line: int) -> tuple[str, str]:
    """A scenario gives one fact two answers; one of them would be dropped in silence."""
    return f"`{fact}` is answered already on line {first_line}", "keep one of the answers"


@issue()
def empty_scenario(name: str) -> tuple[str, str]:
    """A scenario has no sentences. It would pass."""
    return f"`{name}` has no sentences", "write its sentences, or remove it"


@issue()
def outline_without_rows(name: str) -> tuple[str, str]:
    """A Scenario Outline has no rows of examples. It would run once, with its placeholders as they stand."""
    return f"`{name}` has no rows of examples", "add `Examples:` with a header and rows, or make it a Scenario"


@issue()
def missing_column(name: str, known: Iterable[str]) -> tuple[str, str]:
    """An outline uses a placeholder that its examples have no column for."""
    return f"the examples have no column `{name}`", near_miss(name, known, "add the column, or remove the placeholder")


@issue()
def unused_column(name: str, known: Iterable[str]) -> tuple[str, str]:
    """A column of examples is used by no sentence of its outline, so that its values change nothing."""
    hint = near_miss(name, known, f"use it as `<{name}>` in a sentence, or remove it")
    return f"no sentence uses the column `{name}`", hint


@issue()
def repeated_row(first_line: int) -> tuple[str, str]:
    """Two rows of examples are the same, so that one of them tests nothing and neither can be told from the other."""
    return f"this row repeats line {first_line}", "remove it, or mend the one that should differ"


@issue()
def repeated_name(name: str, first_line: int) -> tuple[str, str]:
    """Two scenarios of one feature have the same name; pytest-bdd would drop the first in silence."""
    return f"the name `{name}` stands already on line {first_line}", "give each scenario a name of its own"


@issue()
def scenario_without_id(name: str, proposal: str) -> tuple[str, str]:
    """A scenario has no permanent id, so that its results could not be followed when it is renamed or moved."""
    hint = f"put a line `@{proposal}` above it, and keep it when you rename the scenario"
    return f"`{name}` has no permanent id", hint


@issue()
def several_ids(tags: Iterable[str]) -> tuple[str, str]:
    """A scenario has more than one tag that could be its permanent id."""
    return "the scenario has several ids: " + ", ".join(f"`@{tag}`" for tag in tags), "keep one of them"


@issue()
def repeated_id(id: str, first: str) -> tuple[str, str]:
    """Two scenarios have the same permanent id."""
    return f"the id `@{id}` stands already at {first}", "give this one an id of its own"


@issue()
def unknown_interpretation(id: str, known: Iterable[str]) -> tuple[str, str]:
    """A scenario names an interpretation that the policy does not record."""
    hint = did_you_mean(id, known, "remove the tag, or record it in an `interpretation` block")
    return f"the policy records no interpretation `{id}`", hint


@issue(Severity.WARNING)
def interpretation_without_scenario(id: str) -> tuple[str, str]:
    """No scenario names an interpretation, so that nothing shows what it decides.

    Name it with the tag `@interprets:` and its id, or say `concerns: words` where no determination can show it.
    """
    return f"no scenario names the interpretation `{id}`", f"tag the scenario that shows it with `@interprets:{id}`"


@issue(Severity.WARNING)
def policy_without_scenarios(number: str, slug: str) -> tuple[str, str]:
    """A policy has no scenario at all, so that nothing proves what it decides."""
    return f"no scenario tests the policy `{number}`", f"add a .feature file in features/{slug}/"


@issue(Severity.WARNING)
def unconfirmed_scenarios(count: int) -> tuple[str, str]:
    """Scenarios that `cdispec suggest` wrote state what the policy does, and nobody has confirmed that it ought to.

    While there are any, the policy is not released.
    """
    return (
        f"{count} scenarios are tagged `@to-confirm`" if count > 1 else "a scenario is tagged `@to-confirm`",
        "remove the tag of each that states what the policy ought to do; where one does not, correct the policy",
    )


@issue(Severity.WARNING)
def repeated_case(first: str) -> tuple[str, str]:
    """Two scenarios of a policy state the same case, and one of them expects nothing that the other does not.

    The same case is the same request and date, the same answers, codes and kind of record.
    """
    return (
        f"the same case is stated at {first}, and nothing else is expected of it here",
        "change what should differ, or remove it; interpretations that it names can be named there",
    )


@issue(Severity.WARNING)
def unasked_fact(fact: str, request: str) -> tuple[str, str]:
    """A scenario answers a fact that nothing asks of its kind of request, so that the answer plays no part.

    It is not reported where a scenario shows on purpose that a fact does not matter: where it gives the fact several
    answers, or names the interpretation that says so.
    """
    return (
        f"nothing asks for `{fact}` of the request `{request}`, so that its answer plays no part",
        "leave it out, or name the interpretation which says that it does not matter with `@interprets:`",
    )


@issue(Severity.WARNING)
def unfailing_expectation(fact: str, line: int) -> tuple[str, str]:
    """A scenario expects that nothing depends on a fact which it answers itself, which no policy could fail.

    A determination depends only on what is not known. That an answer makes no difference is shown by a scenario that
    gives several answers and expects the same of each.
    """
    return (
        f"it depends on nothing that is known, and `{fact}` is answered on line {line}",
        "leave this sentence or the answer out",
    )


@issue()
def too_little_tested(number: str, percent: int, asked: int) -> tuple[str, str]:
    """The scenarios test less of a policy than its library asks for.

    It asks with `adequacy = 90` in `[tool.cdispec]` of its `pyproject.toml`, in percent. What scenarios could show of
    each clause counts, and each small edit of the policy that one of them should notice. What is proved that no case
    could show, and edits that are proved to change nothing, do not count.
    """
    return (
        f"the scenarios test {percent} % of the policy `{number}`, and {asked} % are asked for",
        f"see what is missing with `cdispec adequacy {number}`",
    )


@issue(Severity.WARNING)
def untested_clause(name: str, missing: str) -> tuple[str, str]:
    """No scenario shows something of a clause that a case could show, while it decides.

    A criterion should be seen met, not met, not known, and not mentioned in a complete record, each in a case that
    would be determined otherwise if that criterion alone were otherwise. It is reported where the scenarios test less
    than the library asks for.
    """
    return f"no scenario shows {name}: {missing}", "add a scenario in which that decides"


@issue(Severity.WARNING)
def unnoticed_edit(edit: str) -> tuple[str, str]:
    """A small edit of the policy would change what it determines, and every scenario would still pass.

    It is reported where the scenarios test less than the library asks for.
    """
    return f"no scenario notices {edit}", "add a scenario that fails when the policy is edited so"


@issue()
def missing_table_of_cases(problem: str) -> tuple[str, str]:
    """A sentence that needs a table has none, or one without rows, or a sentence that takes none has one."""
    return problem, "put the table right below the sentence: a header row and a row for each item"


@issue()
def async_step(name: str) -> tuple[str, str]:
    """A step definition is an `async def`. pytest-bdd never awaits it, so that scenarios pass without running it."""
    return f"the step definition `{name}` is async and would never run", "write it as a plain `def`"
