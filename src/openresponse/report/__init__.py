"""What is shown: sentences, signals, charts, tables and pages, made from a published release alone."""

from openresponse.language import N_

# The written sources of `site/`, which a program whose site lies elsewhere copies.
SOURCES = ("_quarto.yml", "styles.css", "explore.js", "sort.js", "favicon.svg", "404.qmd")
FICTIONAL = N_("Fictional data")
RELEASE = "release.json"  # tells which release the site shows
SOCIAL = "social.png"  # the picture that messengers show beside a link to the site
