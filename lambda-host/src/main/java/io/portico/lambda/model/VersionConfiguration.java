package io.portico.lambda.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a version of a function runs: what UpdateFunctionConfiguration changes.
 *
 * @param timeout seconds
 * @param memorySize MB
 * @param ephemeralStorage MB of {@code /tmp}
 * @param environment the function's variables, or null where none were given
 * @param layers in the order in which they were given: a later one goes over those before it
 * @param others members that AWS's clients set and read back and that nothing here acts on, such as
 *     {@code VpcConfig}, as they were sent
 */
public record VersionConfiguration(
    String runtime,
    @Nullable String handler,
    String role,
    int timeout,
    int memorySize,
    int ephemeralStorage,
    @Nullable Map<String, String> environment,
    List<LayerUse> layers,
    ObjectNode others) {}
