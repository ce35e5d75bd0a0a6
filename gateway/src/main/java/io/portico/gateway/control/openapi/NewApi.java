package io.portico.gateway.control.openapi;

/** What the document of a new API does not say: its ids and where it is created. */
public record NewApi(String apiId, String rootResourceId, String accountId, String region) {}
