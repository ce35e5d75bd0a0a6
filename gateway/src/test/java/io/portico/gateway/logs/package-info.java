@NullMarked
package io.portico.gateway.logs;

import org.jspecify.annotations.NullMarked;
