"""Chinese: numerals, units, place suffixes, surnames, boundary words and fixed terms, a file for each subject."""

from extractors.languages.zh.dates import *
from extractors.languages.zh.events import *
from extractors.languages.zh.numbers import *
from extractors.languages.zh.organisations import *
from extractors.languages.zh.people import *
from extractors.languages.zh.places import *
from extractors.languages.zh.programmes import *
from extractors.languages.zh.relations import *
from extractors.languages.zh.tables import *
