/** Tests of templates: what they mean, what they cannot reach, what they cannot use up. */
@NullMarked
package io.portico.gateway.vtl;

import org.jspecify.annotations.NullMarked;
