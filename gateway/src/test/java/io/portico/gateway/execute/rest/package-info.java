/** The REST pipeline: its stages alone, and the cases that run through all of it. */
@NullMarked
package io.portico.gateway.execute.rest;

import org.jspecify.annotations.NullMarked;
