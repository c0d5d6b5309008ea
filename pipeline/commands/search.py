"""`xiangdang search`: words, filters, numbers, facets, saved searches."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from pipeline.commands import FILE, FOLDER, Later, flag, value
from pipeline.errors import UsageError
from schemas.entity import MentionKind

if TYPE_CHECKING:
    from pipeline.console import search as searching
else:
    searching = Later("pipeline.console.search")


def _several(name: str, text: str, **more: Any) -> Callable[[Any], Any]:
    return click.option(name, multiple=True, help=text, **more)


def _words(ctx: click.Context, parameter: click.Parameter, words: tuple[str, ...]) -> tuple[str, ...]:
    """The words; -word excludes one, so that an option that does not exist would be taken for words."""
    for word in words:
        if re.match("--[a-z]", word):
            raise UsageError(f"There is no option {word}.", "`xiangdang search --help` lists them.")
    return words


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("query", nargs=-1, callback=_words)
@_several("--village", "Pages that name this village, by any of its names; may be repeated (any of them).")
@_several("--township", "Pages of documents about this township, or that name it.")
@_several("--programme", "Pages that name this campaign, project, institution, award or plan.")
@_several("--person", "Pages that name this person.")
@_several("--organisation", "Pages that name this body.")
@click.option("--year", metavar="A-B", help="Documents dated 2019, 2015-2019, 2015- or -2019.")
@_several("--kind", "Pages with a fact of this kind.", type=click.Choice(get_args(MentionKind)))
@_several("--source", "Documents whose path or file name fits a pattern such as '*.pdf' or '1998/*'.")
@click.option("--confidence", type=click.FloatRange(0, 1), help="Pages read with at least this mean confidence.")
@_several("--where", "Pages with a number that satisfies a condition: '党员 > 500 名', '农户 = 100-200 户'.")
@flag("--near-miss", text="Find words of four and more characters with one wrong character, too, below exact hits.")
@value("--limit", click.IntRange(0), 20, "Most pages to show; 0 for all.")
@value("--offset", click.IntRange(0), 0, "Pages to pass over: what comes after those that were shown.")
@click.option(
    "--order", type=click.Choice(["relevance", "page"]), help="Best first, or as filed.  [default: relevance]"
)
@flag("--facets", text="Show how all hits spread over years, townships, villages, kinds of facts and folders.")
@click.option("--crop", type=FOLDER, help="Write what was found, cut from the page images, into this folder.")
@click.option("--from-list", type=FILE, help="Search for every line of a file (UTF-8 or GBK); prints csv.")
@flag("--counts", text="With --from-list: only the number of pages of each query.")
@click.option("--save", metavar="NAME", help="Keep the search under a name, and show its hits.")
@click.option("--saved", metavar="NAME", help="Run a search that was kept.")
@flag("--list-saved", text="List the searches that were kept.")
@click.option("--delete-saved", metavar="NAME", help="Forget a search that was kept.")
@flag("--overwrite", text="Replace images of --crop, or the search of --save, that exist.")
@flag("--json", "as_json", text="Print one JSON object a hit page.")
@flag("--csv", "as_csv", text="Print one row a hit page, for spreadsheets.")
@click.pass_obj
def search(archive: Path, /, **options: Any) -> None:
    """Find pages: words (all must occur), "…" literal, OR, NOT, -word, NEAR/n, parentheses.

    \b
    '党员 代表'             both words        '"党员代表"'     exactly these characters
    '合作社 OR 企业'        one of them       '党员 -通知'      without the second
    '(桥 OR 路) 投资'       grouped           '党员 NEAR/10 代表'  at most 10 characters apart

    Traditional and simplified characters, full and half width, 1230 and 一千二百三十 find each other; line breaks and
    blanks inside words do not matter. Different filters must all hold; of one that is repeated any may, except --where,
    whose conditions must all hold on the page. With filters alone, all pages that fit are listed.

    A condition of --where is what is counted, one of > >= < <= = !=, and a number with its unit: '投资 >= 50 万元',
    '> 500 亩', '党员 > 一千'. Units are converted (亩, 公顷, 平方公里); without a unit the number is compared as it is
    printed. A number satisfies it where all that it may mean does: 1100余户 is > 1000 and is not < 2000.
    """  # noqa: D301  # click's mark for lines that stay as they are
    searching.search(archive, options)
