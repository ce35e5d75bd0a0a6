package io.portico.lambda.model;

/**
 * A layer: what its versions have in common. It stays when all of them are deleted, as no number is
 * used again.
 *
 * @param published the number of the version that was published last
 */
public record LayerRecord(String name, int published) {}
