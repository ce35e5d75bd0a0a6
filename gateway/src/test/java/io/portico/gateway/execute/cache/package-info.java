@NullMarked
package io.portico.gateway.execute.cache;

import org.jspecify.annotations.NullMarked;
