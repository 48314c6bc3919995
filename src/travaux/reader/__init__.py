"""Documents in, proposed acts with exact anchors out."""
