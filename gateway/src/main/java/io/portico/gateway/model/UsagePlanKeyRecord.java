package io.portico.gateway.model;

/** That an API key is in a usage plan. */
public record UsagePlanKeyRecord(String usagePlanId, String keyId) {}
