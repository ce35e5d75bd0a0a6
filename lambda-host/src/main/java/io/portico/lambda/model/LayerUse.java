package io.portico.lambda.model;

/**
 * A layer version as a function has it. AWS: it goes on working for the functions that have it when
 * it is deleted; source: documented, DeleteLayerVersion: "To avoid breaking functions, a copy of
 * the version remains in Lambda until no functions refer to it".
 *
 * @param arn of the layer version
 */
public record LayerUse(String arn, CodeRecord code) {}
