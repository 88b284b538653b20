"""spaCy's English tokenizer, brought closer to the Universal Dependencies cut.

Runs once, when training starts; the rules are stored with the pipeline
(`tokenizer` file), so nothing of this is needed to run it.
"""

import re

import spacy
from spacy.util import compile_infix_regex, compile_suffix_regex

# "non-nuclear", "anti-missile", "re-elected" stay whole in UD English; "high-level" is cut.
PREFIXES = (
    "anti co counter cross de e ex extra infra inter intra macro mega meta micro mid mini multi "
    "neo non over para post pre pro proto quasi re semi socio sub super supra trans ultra un under"
).split()


def adapt(nlp):
    tok = nlp.tokenizer
    guard = "".join(rf"(?<!^(?i:{p}))" for p in PREFIXES)
    infixes = []
    for rule in nlp.Defaults.infixes:
        if "--" in rule or "—" in rule and "(?=" in rule:  # the hyphen rules
            rule = re.sub(r"\(\?:-\|", "(?:" + guard + "-|", rule, count=1)
        infixes.append(rule)
    infixes.append(r"(?<=[A-Z]\.)[-–](?=[A-Za-z])")  # "U.S.-led"
    tok.infix_finditer = compile_infix_regex(infixes).finditer
    suffixes = list(nlp.Defaults.suffixes) + [r"(?<=[0-9])(?:bn|tn|trn|mn|bln|mln)"]
    tok.suffix_search = compile_suffix_regex(suffixes).search
    tok.rules = {k: v for k, v in tok.rules.items() if k != "and/or"}
    # "(i)f", "[t]he": an editor's change of capitals stays one word
    tok.token_match = re.compile(r"^(?:\([A-Za-z]\)|\[[A-Za-z]\])[a-z]+$").match
    return nlp


@spacy.registry.callbacks("detente.tokenizer.v1")
def create():
    return adapt
