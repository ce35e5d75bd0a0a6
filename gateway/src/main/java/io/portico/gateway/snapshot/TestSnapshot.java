package io.portico.gateway.snapshot;

/**
 * A method as it is configured now, ready to be tested without a deployment.
 *
 * @param stage stands for the stage that a test has not: its variables are the test's, nothing
 *     closes it, and it routes nowhere
 */
public record TestSnapshot(StageSnapshot stage, MethodSnapshot method) {}
