"""Names of files and marks that the pages, the finishing step and the web server agree on."""

from openresponse.language import N_

FICTIONAL = N_("Fictional data")
DEMONSTRATION = N_("Open Response demonstration")  # who publishes invented figures
# What is around the pages of each language but the source, by its text in the source.
FRAME = "_frame.json"
RELEASE = "release.json"  # tells which release the site shows
SOCIAL = "social.png"  # the picture that messengers show beside a link to the site
