package io.portico.gateway.model;

/** Whose a value is, by the API key's id. */
public record ApiKeyValueRecord(String keyId) {}
