photo-pick = Take or choose a photo
photo-add = Add
photo-sending = { $name } is being sent
photo-retry = Send { $name } again
photo-remove = Remove { $name }
photo-unreadable = { $name } is not a photo that can be opened. Choose another.
