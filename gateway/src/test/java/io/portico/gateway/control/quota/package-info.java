@NullMarked
package io.portico.gateway.control.quota;

import org.jspecify.annotations.NullMarked;
