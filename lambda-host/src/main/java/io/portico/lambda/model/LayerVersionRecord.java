package io.portico.lambda.model;

import java.util.List;

/**
 * A version of a layer; nothing of it ever changes.
 *
 * @param description empty for none
 * @param runtimes that it says to be for; empty where it says nothing
 * @param architectures likewise
 * @param license empty for none
 * @param created as AWS writes it
 */
public record LayerVersionRecord(
    int number,
    String description,
    List<String> runtimes,
    List<String> architectures,
    String license,
    CodeRecord code,
    String created) {}
