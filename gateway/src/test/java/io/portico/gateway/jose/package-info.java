@NullMarked
package io.portico.gateway.jose;

import org.jspecify.annotations.NullMarked;
