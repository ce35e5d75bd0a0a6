@NullMarked
package io.portico.gateway.control.cloudwatch.math;

import org.jspecify.annotations.NullMarked;
