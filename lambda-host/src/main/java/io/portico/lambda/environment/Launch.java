package io.portico.lambda.environment;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a function's process is started.
 *
 * @param command program and arguments
 * @param environment all of its variables: nothing is inherited
 * @param directory where it starts
 * @param memoryMegabytes that it may have resident
 */
public record Launch(
    List<String> command, Map<String, String> environment, Path directory, int memoryMegabytes) {}
