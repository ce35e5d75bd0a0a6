package io.portico.gateway.execute;

import io.portico.gateway.http.Headers;

/**
 * What came of a test of a method.
 *
 * @param headers as the method made them: nothing that a front end adds
 * @param body as UTF-8
 * @param latencyMillis how long it took
 * @param log what happened, line by line, as AWS writes it
 */
public record TestAnswer(
    int status, Headers headers, String body, long latencyMillis, String log) {}
