@NullMarked
package io.portico.gateway.execute.explain;

import org.jspecify.annotations.NullMarked;
