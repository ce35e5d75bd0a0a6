package io.portico.lambda.model;

/**
 * The resource-based policy of a layer version.
 *
 * @param revisionId changes with every change
 */
public record LayerPolicyRecord(PolicyRecord policy, String revisionId) {}
