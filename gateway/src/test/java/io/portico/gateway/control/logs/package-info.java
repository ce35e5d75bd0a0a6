@NullMarked
package io.portico.gateway.control.logs;

import org.jspecify.annotations.NullMarked;
