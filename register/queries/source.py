"""The sources as publications, whatever records they support."""

import pandas as pd

from register.queries import Cursor


def sources(cursor: Cursor) -> pd.DataFrame:
    """All sources, a row each, by publisher and date.

    Columns: source_id, url, publisher, origin, published_on (EDTF), language, language_name,
    kind_name, accessed_on (EDTF).
    """
    return cursor.execute(
        """
SELECT source_id, url, publisher, origin, published_on, language, languages.name AS language_name,
    kinds.name AS kind_name, accessed_on
FROM sources
JOIN languages USING (language)
JOIN codes AS kinds ON kinds.table_name = 'sources' AND kinds.column_name = 'kind'
    AND kinds.code = sources.kind
ORDER BY strip_accents(lower(publisher)), published_on_last NULLS LAST, source_id
"""
    ).df()
