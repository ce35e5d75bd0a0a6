/**
 * The REST pipeline. {@code RestPipeline} holds the order of the stages; each stage is a class of
 * its own, takes what it needs and returns the next type.
 */
@NullMarked
package io.portico.gateway.execute.rest;

import org.jspecify.annotations.NullMarked;
