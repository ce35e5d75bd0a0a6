package io.portico.gateway.model.portals;

import java.time.Instant;

/** A product page: what a portal product has to say, in Markdown. */
public record ProductPageRecord(
    String productPageId, String title, String body, Instant lastModified) {}
