@NullMarked
package io.portico.gateway.control.cloudwatch;

import org.jspecify.annotations.NullMarked;
