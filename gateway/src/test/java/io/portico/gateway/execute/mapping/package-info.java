/** Tests of mapping: what templates can do with what they are given. */
@NullMarked
package io.portico.gateway.execute.mapping;

import org.jspecify.annotations.NullMarked;
