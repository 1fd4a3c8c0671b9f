"""Who sees numbers, has them counted, brings published ones in, and says which series answers for a target."""

from luodi.kernel.models import Role
from luodi.kernel.permission import holds, is_staff_of_the_city, is_supervision

sees_measures = is_staff_of_the_city
keeps_series = holds(Role.STATISTICIAN) | is_supervision
binds_targets = holds(Role.STATISTICIAN) | is_supervision
