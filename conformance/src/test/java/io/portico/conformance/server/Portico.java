package io.portico.conformance.server;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Starts the packaged server, once for all classes so annotated, and gives their methods its {@link
 * Endpoint} and AWS's clients for it; and, for who asks, what stands for AWS's services. Each test
 * makes APIs of its own, so that the order of tests does not matter.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(PorticoExtension.class)
public @interface Portico {}
