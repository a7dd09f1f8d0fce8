"""CSV on the Web: all tables described as the W3C's standard has it, from the data package."""

import re
from typing import Any

# https://www.w3.org/TR/tabular-data-primer/. A reader of a table finds a file of this name beside
# it.
FILE = "csv-metadata.json"
CONTEXT = ["http://www.w3.org/ns/csvw", {"@language": "en"}]
DATATYPES = {"integer": "integer", "number": "decimal", "string": "string", "date": "date"}


def metadata(package: dict[str, Any]) -> dict[str, Any]:
    """The content of `csv-metadata.json`. An empty cell is null, as the standard has it."""
    return {
        "@context": CONTEXT,
        "dc:title": package["title"],
        "dc:description": package["description"],
        "dc:publisher": package["contributors"][0]["title"],
        "dc:issued": package["created"][:10],
        "dc:license": {"@id": package["licenses"][0]["path"]},
        "tables": [
            {
                "url": resource["path"],
                "dc:title": resource["title"],
                "dc:description": resource["description"],
                "tableSchema": _schema(resource["schema"]),
            }
            for resource in package["resources"]
        ],
    }


def _schema(schema: dict[str, Any]) -> dict[str, Any]:
    key = {"primaryKey": schema["primaryKey"]} if "primaryKey" in schema else {}
    return {"columns": [_column(field) for field in schema["fields"]], **key}


def _column(field: dict[str, Any]) -> dict[str, Any]:
    holds = field.get("constraints", {})
    return {
        "name": field["name"],
        "titles": field["name"],
        "dc:description": field.get("description", field["title"]),
        "datatype": _datatype(field["type"], holds),
        **({"required": True} if holds.get("required") else {}),
    }


def _datatype(kind: str, holds: dict[str, Any]) -> dict[str, Any]:
    datatype = {"base": DATATYPES[kind]} | {
        bound: holds[bound] for bound in ("minimum", "maximum") if bound in holds
    }
    if "enum" in holds:
        datatype["format"] = "|".join(map(re.escape, holds["enum"]))
    elif "pattern" in holds:
        datatype["format"] = holds["pattern"]
    return datatype
