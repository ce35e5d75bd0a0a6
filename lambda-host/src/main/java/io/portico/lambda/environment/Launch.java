package io.portico.lambda.environment;

import io.portico.lambda.isolation.Start;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a function's process is started.
 *
 * @param start nothing but what it says is inherited
 * @param directory where it starts
 * @param memoryMegabytes that it may have resident
 * @param doubt why the kernel may not be able to start it, which is then the reason if it ends
 *     before it is initialised; null where there is none
 */
public record Launch(Start start, Path directory, int memoryMegabytes, @Nullable String doubt) {}
