package io.portico.lambda.environment;

import io.portico.lambda.isolation.Start;
import java.nio.file.Path;

/**
 * How a function's process is started.
 *
 * @param start nothing but what it says is inherited
 * @param directory where it starts
 * @param memoryMegabytes that it may have resident
 */
public record Launch(Start start, Path directory, int memoryMegabytes) {}
