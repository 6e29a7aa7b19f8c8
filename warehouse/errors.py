"""The errors Dateline raises on purpose: each says what, where and what to do."""


class DatelineError(Exception):
    """A user or input error; the CLI prints its one line and exits with 1."""


class SettingsError(DatelineError):
    """A setting has an unknown name or an impossible value."""


class InputError(DatelineError):
    """Nothing could be read from the given inputs."""


class HomeBusyError(DatelineError):
    """Another run holds the home folder."""


class CatalogError(DatelineError):
    """The catalog is missing, of another layout, or holds what Dateline does not read."""


class ViewsError(DatelineError):
    """The view file cannot be written; the commit it is of stands."""


class QueryError(DatelineError):
    """A statement given to `dateline sql` is not one read-only SELECT, or failed."""


class ModelError(DatelineError):
    """The NER model named in the settings is not installed."""


class AliasError(DatelineError):
    """The user's alias file cannot be applied; nothing of it is."""


class FingerprintError(DatelineError):
    """Fingerprints in the warehouse were made in another way than those of the run."""
