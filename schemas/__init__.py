"""Ground floor: the frozen records that travel between stages. Imports nothing of ours and no outside library.

Every record is a keyword-only, frozen, slotted dataclass; the docstring under a field gives its shape, unit and
source. `schemas.codec` turns records into JSON and back and generates the JSON Schema; it alone uses pydantic.
"""

SCHEMA_VERSION = 1
"""Version of the exported document record; grows when a key changes its meaning."""
