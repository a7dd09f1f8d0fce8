"""What is shown: sentences, signals, charts, tables and pages, made from a published release alone."""

# The written sources of `site/`, which a program whose site lies elsewhere copies.
SOURCES = ("_quarto.yml", "styles.css", "explore.js", "favicon.svg", "robots.txt", "accessibility.qmd", "glossary.qmd", "404.qmd")
FICTIONAL = "Fictional data"
