package io.portico.gateway.control.openapi;

/** An exported document, as text to be sent in UTF-8, with the headers AWS sends along. */
public record ExportedApi(String body, String contentType, String contentDisposition) {}
