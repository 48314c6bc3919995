"""What columns of plans are called, and the words of statuses, in the languages plans come in."""

from __future__ import annotations

import re
from typing import Final

# role -> pattern of its headings, the surest first; matched against a heading in lower case, ё as е
HEADINGS: Final[dict[str, re.Pattern[str]]] = {
    role: re.compile(pattern)
    for role, pattern in {
        "number": (
            r"(?:№|no|nos|n°|nº|nr|num|number|#|ref|id|code|item|item no|ref no|s/n|sn|serial|action no|"
            r"номер|код|п/п|№ ?п/п|№ ?п\.п|n/n|нумар|ref\w* (?:number|no|code|id)|(?:action|measure|"
            r"activity|commitment|milestone|recommendation) (?:id|no|number|code|ref\w*)|numéro|réf\w*|"
            r"lfd\.? ?nr|nummer|número|núm|номер (?:мероприятия|пункта))\.?(?:$|\s?п[/.]?п\.?$)"
        ),
        "also": (
            r".*(?:co-?execut|partner|support|other (?:actors|bodies|institution|stakeholder|agenc|"
            r"involved)|involved|participa|contribut|co-?responsible|co-?lead|соисполнител|участник|"
            r"участвующ|партнер|суисполн|суўдзельнік|сувыканаўц|partenaire|associé|beteiligte|mitwirk|"
            r"socio|apoyo|stakeholder)"
        ),
        "lead": (
            r".*(?:responsib|\bbody\b|\bbodies\b|lead\b|lead |leading|implement\w* (?:body|agency|"
            r"institution|entity|organi|ministr|authority|partner)|owner|agency|institution|in charge|"
            r"accountable|ministry|department|executor|executing|ответственн|исполнител|адказн|выканаўц|"
            r"ведомств|орган\b|responsable|pilote|chef de file|porteur|structure|zuständig|verantwort|"
            r"federführ|ressort|entidad|institución|actor)"
        ),
        "status": (
            r".*(?:^status|status$|\bstatus\b|state of (?:play|implementation|progress)|progress|"
            r"completion level|implemented\?|ход (?:ис|вы)полнения|статус|состояние|отметка о|стан |"
            r"état d|^état$|avancement|statut|umsetzungsstand|stand der|estado|avance|ажыццяўлен)"
        ),
        "evidence": (
            r".*(?:evidence|means of verification|sources? of verification|verification|proof|"
            r"supporting document|deliverable|подтвержда|подтверждени|вид документа|документ|justificati|"
            r"preuve|moyens? de vérification|nachweis|beleg|evidencia|medios? de verificación)"
        ),
        "start": r"(?:.*\b(?:start|begin|commence|from)\b.*|.*(?:начал|пачат|début|beginn|inicio|от$|с$).*)",
        "deadline": (
            r".*(?:deadline|due|timeline|time ?frame|time-?frame|timing|end date|target date|"
            r"target completion|"
            r"completion date|date of completion|schedule|period of implementation|"
            r"implementation (?:period|date|time)|\bwhen\b|\bend\b|finish|time of|time limit|time-?bound|"
            r"term\b|срок|период|дата|окончани|завершени|тэрмін|échéance|délai|calendrier|date limite|"
            r"période|date de fin|frist|termin|zeitraum|zeitplan|bis wann|plazo|fecha|cronograma|"
            r"vencimiento|\bdate\b|\byear\b|\bгод\b)"
        ),
        "indicator": (
            r".*(?:indicator|kpi|metric|expected (?:result|outcome|output)|output|outcome|result|"
            r"показател|индикатор|результат|паказчык|indicateur|résultat|indikator|ergebnis|resultado|"
            r"measure of success|success)"
        ),
        "baseline": r".*(?:baseline|базов|исходн|исходное|référence|ausgangswert|línea (?:de )?base)",
        "target": r"(?!.*(?:date|complet)).*(?:target|целев|плановое значение|cible|zielwert|meta\b)",
        "programme": (
            r".*(?:programme|program\b|pillar|priority|objective|goal|section|chapter|component|theme|"
            r"area|cluster|policy|направлени|раздел|цель|задач|приоритет|программ|блок|напрам|мэта|axe|"
            r"objectif|volet|domaine|handlungsfeld|ziel|schwerpunkt|bereich|eje|objetivo|categor)"
        ),
        "party": (
            r".*(?:^party|^parties|country|countries|member state|^state\b|^side\b|государств|страна|"
            r"сторона|страны|дзяржав|бок$|pays|partie$|land\b|staat|país)"
        ),
        "what": (
            r".*(?:action|measure|activit|commitment|task|milestone|recommendation|initiative|"
            r"intervention|description|obligation|step|reform|project|what|мероприяти|мера\b|меры|действи|"
            r"обязательств|наименовани|содержание|поручени|задание|этап|мерапрыемств|захад|заданн|заданне|"
            r"mesure|action|activité|engagement|recommandation|libellé|intitulé|maßnahme|vorhaben|aufgabe|"
            r"tätigkeit|medida|actividad|acción|compromiso|title|name)"
        ),
        "notes": (
            r".*(?:comment|note|remark|примечани|комментари|заўваг|observation|remarque|commentaire|"
            r"bemerkung|anmerkung|observaci|nota)"
        ),
        "condition": r".*(?:condition|prerequisite|услови|précondition|voraussetzung)",
    }.items()
}
# headings that are none of our business, though a word in them might look like it
NEVER: Final = re.compile(
    r".*(?:budget|cost|funding|financ|amount|source of fund|expenditure|стоимост|финанс|объем|бюджет|coût|"
    r"montant|kosten|"
    r"presupuesto|costo|contact|phone|e-?mail|телефон|контакт|risk|риск|contact point|usd|eur\b|руб|"
    r"last updated|updated)"
)
# a heading of a plan's own words, worth more than a general one
SURE: Final = re.compile(
    r"(?:action|actions|measures?|activity|activities|commitments?|milestones?|мероприяти[ея]|"
    r"наименование (?:мероприяти[яй]|меры|задания)|мера|меры|mesures?|"
    r"actions?|activités?|maßnahmen?|medidas?|actividad(?:es)?|deadlines?|срок|сроки|срок (?:ис|"
    r"вы)полнения|сроки (?:ис|вы)полнения|échéances?|délai|frist|plazo|"
    r"timeline|timeframe|responsible|responsible (?:body|institution|agency)|lead|"
    r"ответственн\w+(?: исполнител\w+)?|исполнител[ьи]|responsables?|мерапрыемств[аы]|"
    r"тэрмін\w*(?: выканання)?)\Z"
)
# of two dates the one that holds: definitive before indicative, revised before first planned
FINAL: Final = re.compile(
    r"\b(?:definitive|final|revised|current|agreed|extended|уточненн|актуальн|новый|изменен|définiti|révisé|"
    r"endgültig|aktuell|neu\b|definitiv|revisad)"
)
STATUS: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern), claim)
    for pattern, claim in (
        (
            r"(?:not (?:yet )?started|not begun|not commenced|pending|planned|to be started|не начат\w*|"
            r"не приступ\w*|non (?:commencée?|démarrée?|entamée?)|à venir|nicht begonnen|"
            r"ausstehend|noch nicht begonnen|no iniciad[oa]|pendiente|не пачат\w*)\Z", "not_started"),
        (
            r"(?:partial(?:ly)?(?: (?:completed?|done|implemented|fulfilled))?|part(?:ly)? done|in part|"
            r"substantial(?:ly)?|limited|частично(?: (?:выполнено|исполнено|реализовано))?|"
            r"выполнено частично|исполнено частично|partiel\w*(?: (?:réalisée?|achevée?))?|"
            r"partiellement \w+|teilweise(?: (?:umgesetzt|erledigt))?|parcial(?:mente)?(?: \w+)?|"
            r"часткова(?: \w+)?)\Z", "done_in_part"),
        (
            r"(?:done|completed?|implemented|fulfilled|achieved|finished|fully (?:implemented|completed|"
            r"achieved)|closed|выполнен\w?|исполнен\w?|реализован\w?|завершен\w?|сделано|снято с контроля|"
            r"réalisée?s?|achevée?s?|terminée?s?|faite?|mise en œuvre|umgesetzt|erledigt|abgeschlossen|"
            r"fertig|completad[oa]|cumplid[oa]|realizad[oa]|finalizad[oa]|выканан\w?)\Z", "done"),
        (
            r"(?:under ?way|in progress|ongoing|on ?going|on track|started|in implementation|"
            r"being implemented|delayed|behind schedule|at risk|в работе|в процессе(?: \w+)?|выполняется|"
            r"исполняется|реализуется|на контроле|ведется(?: работа)?|en cours(?: \w+)*|en retard|"
            r"in (?:arbeit|umsetzung|bearbeitung)|laufend|begonnen|en (?:curso|proceso|ejecución)|"
            r"у працэсе|выконваецца)\Z", "under_way"),
        (
            r"(?:will not be (?:done|implemented)|not (?:to be )?implemented|cancel+ed|dropped|abandoned|"
            r"withdrawn|отменен\w?|не будет (?:выполнено|исполнено)|abandonnée?|annulée?|entfällt|"
            r"gestrichen|cancelad[oa])\Z", "will_not_be_done"),
    )
)  # fmt: skip


def claim_of(words: str) -> str:
    """The claim that the words of a status column make, "" where no list knows them."""
    plain = " ".join(words.casefold().replace("ё", "е").split()).strip(" .*")
    return next((claim for pattern, claim in STATUS if pattern.match(plain)), "")


# the order in which a heading is tried: the words of the first ones mean nothing else
TOLD: Final = (
    "number", "start", "also", "baseline", "target", "evidence", "status", "condition", "deadline", "lead",
    "party", "what", "indicator", "programme", "notes",
)  # fmt: skip


def plain_heading(heading: str) -> str:
    """A heading in lower case on one line, ё as е."""
    return " ".join(heading.replace("_", " ").casefold().replace("ё", "е").split()).strip(" .:*")


def role_of(heading: str) -> str:
    """The role a heading names, by its last part first; "" for none."""
    parts = [plain_heading(p) for p in heading.split(" / ")]
    for text in (parts[-1], *parts[:-1]) if len(parts) > 1 else parts:
        if not text or NEVER.match(text):
            continue
        for role in TOLD:
            if HEADINGS[role].match(text):
                return role
    return ""
