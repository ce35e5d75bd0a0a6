@NullMarked
package io.portico.gateway.execute.throttle;

import org.jspecify.annotations.NullMarked;
