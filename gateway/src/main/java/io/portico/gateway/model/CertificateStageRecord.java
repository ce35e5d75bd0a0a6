package io.portico.gateway.model;

/** A stage that shows a client certificate to its backends. */
public record CertificateStageRecord(String apiId, String stageName) {}
