"""Who works where: levels, regions, municipalities, units, people, posts, roles and bodies."""
