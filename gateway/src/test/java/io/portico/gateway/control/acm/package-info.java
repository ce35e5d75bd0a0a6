@NullMarked
package io.portico.gateway.control.acm;

import org.jspecify.annotations.NullMarked;
