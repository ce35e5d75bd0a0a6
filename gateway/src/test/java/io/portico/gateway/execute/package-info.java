/** The data plane, stage by stage. */
@NullMarked
package io.portico.gateway.execute;

import org.jspecify.annotations.NullMarked;
