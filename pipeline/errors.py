"""Errors that end a command, and problems that cost one item; both speak plain words."""

from schemas.failure import Failure, FailureClass


class XiangdangError(Exception):
    """Ends the command. Message: file and cause; `remedy`: what to do; `exit_code`: documented in the README."""

    exit_code = 1

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class UsageError(XiangdangError):
    """The command line does not make sense."""

    exit_code = 2


class MissingDependency(XiangdangError):
    """A program, model or library is not installed."""

    exit_code = 3


class FileAccessError(XiangdangError):
    """A file cannot be read or written, or would be overwritten."""

    exit_code = 5


class NothingToDo(XiangdangError):
    """No file, page or document fits."""

    exit_code = 6


class GateFailed(XiangdangError):
    """A figure does not keep its threshold."""

    exit_code = 10


class ArchiveError(XiangdangError):
    """The archive is missing, locked, damaged or written by a newer version."""

    exit_code = 11


class LimitReached(XiangdangError):
    """Stopped by a limit such as a full disk; the same command goes on where it stopped."""

    exit_code = 12


class ItemError(Exception):
    """Costs one item of a batch; raised in workers, travels as a `Failure`."""

    def __init__(self, failure_class: FailureClass, message: str, remedy: str) -> None:
        super().__init__(failure_class, message, remedy)
        self.failure_class: FailureClass = failure_class
        self.message = message
        self.remedy = remedy

    def failure(self, detail: str = "") -> Failure:
        """The record of this problem."""
        return Failure(failure_class=self.failure_class, message=self.message, remedy=self.remedy, detail=detail)
