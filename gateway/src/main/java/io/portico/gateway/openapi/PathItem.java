package io.portico.gateway.openapi;

import java.util.List;

/** A path with its operations, in the document's order. */
public record PathItem(String path, List<Operation> operations) {}
