/**
 * Mapping: what templates and parameter expressions see, and how they are evaluated. Knows nothing
 * of the order of the stages.
 */
@NullMarked
package io.portico.gateway.execute.mapping;

import org.jspecify.annotations.NullMarked;
